var config = {
    muc: "conference.example.net",
};
