var config = {
    a: 1,
};
/* never ends
