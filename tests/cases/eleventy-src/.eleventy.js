module.exports = function () {
  return {
    dir: {input: 'src', output: 'dist'},
  };
};
