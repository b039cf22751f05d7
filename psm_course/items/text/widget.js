PSM.item('text', ({written}) => written);
