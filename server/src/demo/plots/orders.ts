/** What is asked before and while a parcel is on its way. */
import { asking, fromCustomer, fromUs, letter, noted, type Plot, shortLetter } from '../story.ts';
import { yen } from '../words/goods.ts';

const whenWillItCome: Plot = (scene) => {
  const { chance, good, orderNo, day } = scene;
  return {
    mailbox: 'order',
    subject: chance.pick([
      `発送日について（注文番号 ${orderNo}）`,
      `${orderNo} の発送はいつごろでしょうか`,
      `注文した${good.ja}はいつ届きますか`,
      'お届け予定日を教えてください',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            `注文番号 ${orderNo} の${good.ja}ですが、まだ発送のご連絡をいただいていません。`,
            `先週「${good.ja}（${scene.colour}）」を注文しました（${orderNo}）。発送のメールが届いていないようです。`,
            `${good.ja}を注文した者です。注文番号は ${orderNo} です。`,
          ]),
          chance.pick([
            `贈り物にしたいので、${day}までに届くと助かります。いつごろになりますでしょうか。`,
            'だいたいの予定で構いませんので、教えていただけますか。',
            `${day}から旅行で留守にするため、受け取れるか心配しています。`,
          ]),
        ),
      ),
      noted(
        chance.pick([
          '工房に確認しました。明日の便で出せるそうです。',
          '倉庫に在庫あり。今日の16時の集荷に間に合います。',
        ]),
      ),
      fromUs(
        chance.pick([
          `お問い合わせありがとうございます。\nご注文の${good.ja}は、本日の便で発送いたします。お届けは${day}ごろの予定です。\n\nお荷物の番号は、発送後に自動のメールでお知らせいたします。`,
          `ご連絡が遅くなり、申し訳ございません。\nご注文（${orderNo}）は明日発送し、${day}の午前中にお届けできる見込みです。`,
        ]),
      ),
      fromCustomer(
        shortLetter(
          scene,
          chance.pick([
            '安心しました。楽しみに待っています。',
            `${day}なら大丈夫です。ありがとうございました。`,
          ]),
        ),
      ),
    ],
  };
};

const changeDate: Plot = (scene) => {
  const { chance, orderNo, day, laterDay } = scene;
  const window = chance.pick(['午前中', '14〜16時', '16〜18時', '18〜20時', '19〜21時']);
  return {
    mailbox: 'order',
    subject: chance.pick([
      `配送日の変更をお願いします ${orderNo}`,
      'お届け日時の変更について',
      `【${orderNo}】受け取り日を変えたいです`,
      `時間指定の変更（${orderNo}）`,
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `注文番号 ${orderNo} のお届けを${day}でお願いしていましたが、急な用事で受け取れなくなってしまいました。`,
          chance.pick([
            `${laterDay}の${window}に変更していただくことはできますか。`,
            `可能であれば、${laterDay}以降の${window}でお願いしたいです。`,
          ]),
        ),
      ),
      asking(
        chance.pick([
          `ご連絡ありがとうございます。まだ発送前でしたので、お届け日を${laterDay}に変更できます。\n\n時間帯は${window}でよろしいでしょうか。ご返信をいただき次第、手配いたします。`,
          `変更のご依頼、承りました。${laterDay}は${window}の便に空きがございます。こちらでお取りしてよろしいですか。`,
        ]),
      ),
      fromCustomer(shortLetter(scene, `${laterDay}の${window}でお願いします。`)),
      fromUs(
        `ありがとうございます。${laterDay}の${window}で手配いたしました。\nお気をつけてお出かけください。`,
      ),
    ],
  };
};

const changeAddress: Plot = (scene) => {
  const { chance, orderNo, good } = scene;
  return {
    mailbox: 'order',
    subject: chance.pick([
      'お届け先の変更',
      `住所を間違えました（${orderNo}）`,
      `送り先の訂正をお願いします ${orderNo}`,
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `本日${good.ja}を注文しましたが（${orderNo}）、${chance.pick(['引っ越し前の住所のまま', 'マンション名と部屋番号を入れ忘れて', '番地を間違えて'])}確定してしまいました。`,
          `正しくは次のとおりです。\n\n〒${chance.between(100, 699)}-0000\n${chance.pick(['東京都', '愛知県', '大阪府', '福岡県', '宮城県'])}みほん市見本町${chance.between(1, 9)}-${chance.between(1, 20)} ${chance.pick(['コーポ見本', 'メゾン木もれ日', 'グリーンハイツ'])} ${chance.between(101, 808)}号室`,
        ),
      ),
      fromUs(
        'お知らせいただき、ありがとうございます。\nお届け先を、いただいたご住所に直しました。発送は予定どおりです。',
      ),
      fromCustomer(shortLetter(scene, '助かりました。ありがとうございます。')),
    ],
  };
};

const cancel: Plot = (scene) => {
  const { chance, orderNo, good } = scene;
  return {
    mailbox: 'order',
    subject: chance.pick([
      `注文キャンセルのお願い（${orderNo}）`,
      '二重に注文してしまいました',
      `${orderNo} のキャンセルについて`,
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            `${good.ja}を2回注文してしまったようです。${orderNo} のほうを取り消していただけますか。`,
            `家族が同じものを買っていたため、${orderNo}（${good.ja}）をキャンセルしたいです。まだ間に合いますか。`,
          ]),
        ),
      ),
      asking(
        `ご連絡ありがとうございます。まだ発送前ですので、${orderNo} を取り消すことができます。\n\nお支払いがカードの場合はカード会社経由、振込の場合はご指定の口座にお返しいたします。どちらでお支払いになりましたでしょうか。`,
      ),
      fromCustomer(
        shortLetter(
          scene,
          chance.pick(['カードです。お手数をおかけします。', '銀行振込でした。口座は後ほどお送りします。']),
        ),
      ),
      fromUs(`承知いたしました。${orderNo} を取り消し、${yen(good.price)}のご返金を手配いたしました。`),
    ],
  };
};

const giftWrap: Plot = (scene) => {
  const { chance, orderNo, good, count } = scene;
  return {
    mailbox: 'order',
    subject: chance.pick([
      'ギフトラッピングについて',
      `のし紙の名入れは可能でしょうか（${orderNo}）`,
      '贈り物の包装と手提げ袋',
      'メッセージカードを付けたいです',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            `結婚のお祝いに${good.ja}を${count}点お願いしたいと思っています。のし紙に名前を入れていただくことはできますか。`,
            `${good.ja}を友人に贈ります。ラッピングの色は選べますか。できれば青系だとうれしいです。`,
            `注文番号 ${orderNo} に、手書きのメッセージカードを付けていただくことは可能でしょうか。`,
          ]),
        ),
      ),
      asking(
        chance.pick([
          'お祝いにお選びいただき、ありがとうございます。のし紙の名入れは無料で承っております。\n\n表書き（寿・御祝など）と、お入れするお名前をお知らせいただけますか。',
          'ラッピングは「藍」「若草」「生成り」の3色からお選びいただけます。ご希望の色をお知らせください。カードは40文字までお入れできます。',
        ]),
      ),
      fromCustomer(
        shortLetter(
          scene,
          chance.pick([
            '「寿」で、名前は連名でお願いします。左から順に、山川・海野です。',
            '「藍」でお願いします。カードには「いつもありがとう」と入れてください。',
          ]),
        ),
      ),
      fromUs('承りました。ご指定のとおりお包みして、丁寧にお届けいたします。'),
    ],
  };
};

const receipt: Plot = (scene) => {
  const { chance, orderNo, good, count } = scene;
  const title = chance.pick([
    '領収書の発行をお願いします',
    `領収書について（${orderNo}）`,
    '宛名入りの領収書',
    '適格請求書の発行は可能ですか',
  ]);
  return {
    mailbox: chance.pick(['order', 'info']),
    subject: title,
    turns: [
      fromCustomer(
        letter(
          scene,
          `先日購入した${good.ja}（${orderNo}、${yen(good.price * count)}）の領収書をお願いできますでしょうか。`,
          chance.pick([
            '宛名は「株式会社見本」、但し書きは「備品代として」でお願いします。',
            '経費の精算に使うため、登録番号の入ったものをPDFでいただけると助かります。',
          ]),
        ),
      ),
      fromUs('ご購入ありがとうございます。領収書をPDFでお送りいたします。ご確認ください。', {
        name: `領収書_${orderNo}.pdf`,
        kind: 'pdf',
        title: `Receipt ${orderNo}`,
      }),
      fromCustomer(shortLetter(scene, '受け取りました。ありがとうございます。')),
    ],
  };
};

export const orderPlots: readonly Plot[] = [
  whenWillItCome,
  changeDate,
  changeAddress,
  cancel,
  giftWrap,
  receipt,
];
