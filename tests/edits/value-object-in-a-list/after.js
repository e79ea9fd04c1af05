var config = {
    a: [ { 'b-c': '<\/x', d: [] } ],
};
