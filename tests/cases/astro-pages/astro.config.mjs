import { defineConfig } from 'astro/config';

export default defineConfig({
  site: "https://pages.example",
  trailingSlash: "never",
});
