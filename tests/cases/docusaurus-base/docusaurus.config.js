module.exports = {
  title: "Base",
  url: "https://base.example",
  baseUrl: "/project/",
  trailingSlash: true,
  presets: [
    ["classic", { docs: false, blog: { path: "news", routeBasePath: "updates", onUntruncatedBlogPosts: "ignore" } }],
  ],
};
