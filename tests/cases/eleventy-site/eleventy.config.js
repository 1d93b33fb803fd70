module.exports = function (config) {
  config.addPassthroughCopy('img');
};
