export const title = "Wells";
const host = "wells.example";

export default {
  title,
  url: "https://" + host,
  language: "en",
};
