import * as yaml from "js-yaml";

export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("content/img");
  eleventyConfig.addDataExtension("yml, yaml", (text) => yaml.load(text));
  eleventyConfig.addPairedShortcode("boxed", (content) => `<div>${content}</div>`);
}

export const config = {
  dir: { input: "content" },
  markdownTemplateEngine: "njk",
  pathPrefix: "/wells/",
};
