var base = { a: 1 };
var config = {
    ...base,
};
