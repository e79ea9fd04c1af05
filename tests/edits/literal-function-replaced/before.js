var config = {
    a: function() { return { b: 1 }; },
};
