var config = {
    // muc: '<!--# echo var="subdomain" default="" -->',
    a: 1,
};
