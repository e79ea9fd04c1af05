var config = {
  a: 1,
  n: {
    b: 2,
    d: {
      e: 4
    }
  },
  c: 3
};
