var config = {
    a: 1
  , c: 3
};
