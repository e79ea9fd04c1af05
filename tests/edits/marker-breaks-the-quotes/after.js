var config = {
    muc: "conference.<!--# echo var="subdomain" default="" -->example.org",
    a: 2,
    b: 3,
};
