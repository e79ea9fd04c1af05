var config = {
    a: 1,
    l: [ 1 ],
};
