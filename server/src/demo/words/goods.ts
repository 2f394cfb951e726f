/** What the shop sells. */
export interface Good {
  ja: string;
  en: string;
  /** Yen, tax included. */
  price: number;
  colours: readonly string[];
  fragile: boolean;
}

export const GOODS: readonly Good[] = [
  { ja: '青磁の平皿', en: 'celadon plate', price: 3300, colours: ['青磁', '白磁'], fragile: true },
  { ja: '粉引のマグカップ', en: 'kohiki mug', price: 2860, colours: ['生成り', '墨', '若草'], fragile: true },
  { ja: '益子の飯碗', en: 'Mashiko rice bowl', price: 2420, colours: ['飴', '藍'], fragile: true },
  {
    ja: '吹きガラスの一輪挿し',
    en: 'blown glass bud vase',
    price: 4180,
    colours: ['透明', '薄水色'],
    fragile: true,
  },
  {
    ja: 'リネンのワンピース',
    en: 'linen dress',
    price: 15400,
    colours: ['藍', '生成り', '煤竹'],
    fragile: false,
  },
  { ja: 'リネンのエプロン', en: 'linen apron', price: 6820, colours: ['灰', '藍', '芥子'], fragile: false },
  {
    ja: '手織りのコースター（5枚組）',
    en: 'handwoven coasters, set of five',
    price: 1980,
    colours: ['春', '秋'],
    fragile: false,
  },
  {
    ja: '栗の木のカッティングボード',
    en: 'chestnut cutting board',
    price: 5500,
    colours: ['小', '大'],
    fragile: false,
  },
  {
    ja: '真鍮のティースプーン',
    en: 'brass teaspoon',
    price: 1320,
    colours: ['槌目', '無地'],
    fragile: false,
  },
  { ja: '和紙のランプシェード', en: 'washi lampshade', price: 9900, colours: ['丸', '角'], fragile: true },
  {
    ja: '藍染めの手ぬぐい',
    en: 'indigo tenugui',
    price: 1540,
    colours: ['麻の葉', '青海波', '市松'],
    fragile: false,
  },
  {
    ja: '竹のかご（中）',
    en: 'bamboo basket, medium',
    price: 7480,
    colours: ['白竹', '煤竹'],
    fragile: false,
  },
  {
    ja: '革の小銭入れ',
    en: 'leather coin purse',
    price: 4620,
    colours: ['栗', '黒', '深緑'],
    fragile: false,
  },
  { ja: '蜜ろうのキャンドル', en: 'beeswax candle', price: 1760, colours: ['柱', '松かさ'], fragile: false },
  {
    ja: '刺し子のふきん（3枚組）',
    en: 'sashiko cloths, set of three',
    price: 2200,
    colours: ['白', '藍'],
    fragile: false,
  },
  { ja: '錫のぐい呑み', en: 'tin sake cup', price: 5280, colours: ['霙', '無地'], fragile: false },
];

export const yen = (amount: number): string => `¥${amount.toLocaleString('en-US')}`;
