module.exports = {
  title: "Base",
  url: "https://base.example",
  baseUrl: "/project/",
  trailingSlash: true,
  markdown: { format: "detect" },
  presets: [
    ["classic", {
      docs: false,
      blog: {
        path: "news",
        routeBasePath: "updates",
        feedOptions: { title: "News of Base" },
        onInlineTags: "ignore",
        onUntruncatedBlogPosts: "ignore",
      },
    }],
  ],
  plugins: [["@docusaurus/plugin-content-blog", { id: "talks", path: "talks", routeBasePath: "talks" }]],
};
