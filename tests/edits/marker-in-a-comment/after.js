var config = {
    // muc: '<!--# echo var="subdomain" default="" -->',
    muc: "x",
    a: 1,
};
