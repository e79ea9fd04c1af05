{
    var config = {
        a: 2,
        c: 3
    };
}
