/** Letters from abroad. */
import { asking, fromCustomer, fromUs, letter, noted, type Plot, shortLetter } from '../story.ts';
import { yen } from '../words/goods.ts';

const shipping: Plot = (scene) => {
  const { chance, good, count } = scene;
  const place = chance.pick([
    'Canada',
    'the UK',
    'Sweden',
    'Australia',
    'Singapore',
    'New Zealand',
    'Germany',
  ]);
  const cost = chance.pick([2400, 3100, 3900, 4600]);
  return {
    mailbox: 'support',
    subject: chance.pick([
      `Do you ship to ${place}?`,
      'International shipping cost',
      `Shipping ${count} x ${good.en} abroad`,
      'Question before I order',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            `I found your shop on a trip to Kyoto last spring and have been thinking about the ${good.en} ever since. Do you ship to ${place}?`,
            `Could you tell me how much it would cost to send ${count} of the ${good.en} to ${place}?`,
          ]),
          chance.pick([
            'I would also like to know about customs and how long it usually takes.',
            'If it is possible to combine it with another order, even better.',
          ]),
        ),
      ),
      noted(`${place}への送料表はまだ古い料金です。EMSで計算し直しました（${yen(cost)}）。`),
      asking(
        `Thank you for writing to us, and for remembering our little shop.\n\nYes, we ship to ${place}. The postage would be ${yen(cost)} by EMS, usually five to nine days, with tracking. Customs duties, if any, are paid on arrival.\n\nShall we set it aside for you and send a payment link?`,
      ),
      fromCustomer(
        shortLetter(
          scene,
          chance.pick([
            'That sounds fair. Please send the link.',
            'Yes please! Could you also gift-wrap it?',
          ]),
        ),
      ),
      fromUs(
        'Wonderful. The payment link is on its way in a separate message. We will pack it with plenty of paper and care.',
      ),
    ],
  };
};

const tracking: Plot = (scene) => {
  const { chance, orderNo, good } = scene;
  return {
    mailbox: 'support',
    subject: chance.pick([
      `Where is my order ${orderNo}?`,
      `Tracking has not moved (${orderNo})`,
      'Parcel stuck in customs',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `My order ${orderNo} (${good.en}) left Japan ${chance.between(6, 20)} days ago, and the tracking page still says "in transit".`,
          chance.pick([
            'Is there anything you can do on your side?',
            'I am a little worried as it is a birthday present.',
          ]),
        ),
      ),
      fromUs(
        'We are sorry for the wait. We asked the post office today: the parcel is with customs in your country and should move on within three working days. We will keep an eye on it for you.',
      ),
      fromCustomer(
        shortLetter(
          scene,
          chance.pick([
            'It arrived this morning, beautifully packed.',
            'Good to know. I will wait a little longer.',
          ]),
        ),
      ),
    ],
  };
};

const arrivedBroken: Plot = (scene) => {
  const { chance, orderNo, good } = scene;
  return {
    mailbox: 'support',
    subject: chance.pick([
      `Damaged ${good.en} (${orderNo})`,
      'My parcel arrived broken',
      `Problem with order ${orderNo}`,
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `Sadly the ${good.en} arrived with a crack along one side. I have attached a picture.`,
          'Would a replacement or a refund be possible?',
        ),
        { name: `crack-${chance.between(1, 40)}.png`, kind: 'photo', title: good.en },
      ),
      noted('写真を確認。保険の対象です。日本郵便に請求を出します。'),
      asking(
        'We are so sorry to see this. Of course: we can send a new one at no cost, or refund you in full. Which would you prefer? There is no need to send the broken one back.',
      ),
      fromCustomer(
        shortLetter(
          scene,
          chance.pick(['A replacement would be lovely.', 'I would rather have the refund, thank you.']),
        ),
      ),
      fromUs('Done. You will receive a confirmation shortly. Thank you for your patience with us.'),
    ],
  };
};

const praise: Plot = (scene) => {
  const { chance, good } = scene;
  return {
    mailbox: 'support',
    subject: chance.pick(['Thank you!', `Love my ${good.en}`, 'A small thank-you note']),
    turns: [
      fromCustomer(
        letter(
          scene,
          `The ${good.en} came today and it is even nicer than in the pictures. Please pass my thanks on to the maker.`,
        ),
      ),
      fromUs(
        'Your note made our morning. We have passed it on to the workshop, where it now hangs beside the wheel.',
      ),
    ],
  };
};

const stockists: Plot = (scene) => {
  const { chance, good } = scene;
  return {
    mailbox: 'support',
    subject: chance.pick(['Wholesale enquiry from abroad', 'Stocking your goods in our shop']),
    turns: [
      fromCustomer(
        letter(
          scene,
          `We run a small shop for tableware and would love to carry the ${good.en}. Do you work with stores outside Japan?`,
          'Our opening order would be around 40 pieces.',
        ),
      ),
      asking(
        'Thank you for thinking of us. We do work with a few shops abroad. Could you tell us a little about your store, and where you would like the goods delivered?',
      ),
      fromCustomer(
        shortLetter(
          scene,
          'We have been open for six years and sell mostly ceramics. Delivery would be to our own address.',
        ),
      ),
      fromUs('That sounds like a good match. Please find our terms attached.', {
        name: 'wholesale-terms.pdf',
        kind: 'pdf',
        title: 'Wholesale terms',
      }),
    ],
  };
};

export const englishPlots: readonly Plot[] = [shipping, shipping, tracking, arrivedBroken, praise, stockists];
