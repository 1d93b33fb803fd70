// As themes and plug-ins add tags of their own.
hexo.extend.tag.register('youtube', ([id]) => `<iframe src="https://www.youtube.com/embed/${id}"></iframe>`);
hexo.extend.tag.register('note', (args, content) => `<div class="note">${content}</div>`, {ends: true});
