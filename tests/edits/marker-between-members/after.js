var config = {
    a: 2,
    <!--# include virtual="/members.js" -->
};
