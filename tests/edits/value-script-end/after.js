var config = {
    a: '<\/script><b>',
    b: '<\/SCRIPT',
};
