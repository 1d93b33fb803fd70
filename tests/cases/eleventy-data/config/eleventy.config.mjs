export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("content/img");
  eleventyConfig.addPairedShortcode("boxed", (content) => `<div>${content}</div>`);
}

export const config = {
  dir: { input: "content" },
  markdownTemplateEngine: "njk",
  pathPrefix: "/wells/",
};
