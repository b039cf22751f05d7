PSM.item('choice', ({arrange, one}) => Object.assign({arrange}, one));
