// @ts-check
/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'Crane & Pulley',
  tagline: 'Lifting things',
  url: 'https://crane.example',
  baseUrl: '/',
  i18n: {defaultLocale: 'en', locales: ['en']},
  presets: [
    [
      'classic',
      /** @type {import('@docusaurus/preset-classic').Options} */
      ({
        docs: false,
        blog: {
          showReadingTime: true,
          feedOptions: {type: ['rss', 'atom'], limit: 50},
          onInlineTags: 'ignore',
          onInlineAuthors: 'ignore',
          onUntruncatedBlogPosts: 'ignore',
        },
      }),
    ],
  ],
};

module.exports = config;
