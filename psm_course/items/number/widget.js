PSM.item('number', ({written}) => written);
