var config = {
    a: 1,
    <!--# include virtual="/members.js" -->
    b: 2,
};
