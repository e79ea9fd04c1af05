var config = {
    a: 'new',
};
