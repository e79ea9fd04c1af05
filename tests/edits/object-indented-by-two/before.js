var config = {
  a: 1,
  n: {
    b: 2
  }
};
