var config = {
    a: '\x3C!--# exec cmd -->',
};
