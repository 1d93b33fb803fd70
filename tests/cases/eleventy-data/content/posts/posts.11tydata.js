export default {
  permalink: "w/{{ page.fileSlug }}/index.html",
  eleventyComputed: {
    permalink: (data) => (data.draft ? false : data.permalink),
    long: (data) => data.title.length > 20,
  },
};
