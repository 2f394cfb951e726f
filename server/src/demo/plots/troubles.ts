/** What is written when something went wrong. */
import { asking, fromCustomer, fromUs, letter, noted, type Plot, type Scene, shortLetter } from '../story.ts';
import { yen } from '../words/goods.ts';

const photo = ({ chance }: Scene, title: string) => ({
  name: `IMG_${chance.between(1000, 9899)}.png`,
  kind: 'photo' as const,
  title,
});

const broken: Plot = (scene) => {
  const { chance, good, orderNo } = scene;
  const damage = good.fragile
    ? chance.pick(['ふちが2か所欠けて', '底に細いひびが入って', '割れて'])
    : chance.pick(['縫い目がほつれて', '角がへこんで', '染みのような跡がついて']);
  return {
    mailbox: 'order',
    subject: chance.pick([
      `届いた${good.ja}が${damage}いました（注文番号 ${orderNo}）`,
      `商品の破損について ${orderNo}`,
      `${good.ja}の交換をお願いしたいです`,
      '届いた品に不具合がありました',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `本日届いた「${good.ja}（${scene.colour}）」を開けたところ、${damage}いました。箱の外側には傷はありませんでした。`,
          chance.pick([
            '写真を添付します。交換していただくことはできますか。',
            '楽しみにしていたので残念です。同じものと交換していただけますでしょうか。写真をお送りします。',
          ]),
        ),
        photo(scene, good.en),
        ...(chance.happens(0.4) ? [photo(scene, `${good.en} 2`)] : []),
      ),
      noted(
        chance.pick([
          `${good.ja}の${scene.colour}は在庫があと3点です。交換でよいと思います。返送は不要でお願いします。`,
          '同じロットで2件目です。梱包材を見直したほうがよさそうです。',
          '配送会社に事故の連絡を入れました。',
        ]),
      ),
      asking(
        `このたびは、お届けした品に不具合があり、誠に申し訳ございません。\nお写真を拝見しました。すぐに新しいものをお送りいたします。\n\nお届けのご希望の日時はございますか。なお、お手元の品はお送り返しいただかなくて結構です。`,
      ),
      fromCustomer(
        shortLetter(
          scene,
          chance.pick([
            '平日の夜であればいつでも受け取れます。',
            '今週末の午前中だと助かります。よろしくお願いします。',
          ]),
        ),
      ),
      fromUs(
        'ご連絡ありがとうございます。ご希望の日時で手配いたしました。\nこのたびはご迷惑をおかけし、重ねてお詫び申し上げます。',
      ),
      fromCustomer(
        shortLetter(scene, '本日、無事に届きました。丁寧に対応していただき、ありがとうございました。'),
      ),
    ],
  };
};

const wrongItem: Plot = (scene) => {
  const { chance, good, otherGood, orderNo } = scene;
  return {
    mailbox: 'order',
    subject: chance.pick([
      '注文と違うものが届きました',
      `${orderNo} 商品違いの件`,
      `${good.ja}の色が違います`,
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            `${good.ja}を注文したのですが、届いたのは${otherGood.ja}でした。納品書には正しく書かれています。`,
            `「${scene.colour}」を注文しましたが、別の色が入っていました（${orderNo}）。`,
          ]),
          chance.pick(['どうすればよいでしょうか。', '送り返しますので、正しいものを送っていただけますか。']),
        ),
        ...(chance.happens(0.6) ? [photo(scene, otherGood.en)] : []),
      ),
      noted('出荷の記録を確認しました。隣の棚のものを入れてしまったようです。お詫びの手ぬぐいを同梱します。'),
      fromUs(
        'このたびは誠に申し訳ございません。こちらの入れ違いでございました。\n正しいお品を本日お送りいたします。お手元の品は、同封の着払い伝票でお戻しください。',
      ),
      fromCustomer(shortLetter(scene, 'わかりました。届いたらお送りします。')),
    ],
  };
};

const returning: Plot = (scene) => {
  const { chance, good, orderNo } = scene;
  return {
    mailbox: chance.pick(['order', 'info']),
    subject: chance.pick([
      `返品について（${orderNo}）`,
      `${good.ja}の返品・交換`,
      'サイズが合わなかったため交換できますか',
      `${good.ja}の返品について`,
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `${orderNo} で購入した${good.ja}ですが、${chance.pick(['思っていたより大きく', '部屋の雰囲気に合わず', '色の印象が写真と違い'])}、返品させていただきたいです。`,
          chance.pick([
            '未使用で、箱もそのままです。',
            '一度だけ試しましたが、汚れはありません。送料はこちらで負担します。',
          ]),
        ),
      ),
      asking(
        `お問い合わせありがとうございます。未使用のお品は、到着から8日以内でしたら承っております。\n\nご返金（${yen(good.price)}）と、別の色への交換のどちらをご希望ですか。`,
      ),
      fromCustomer(
        shortLetter(
          scene,
          chance.pick([
            '返金でお願いします。',
            `交換でお願いします。「${chance.pick(good.colours)}」はありますか。`,
          ]),
        ),
      ),
      fromUs(
        '承知いたしました。お手続きのご案内をお送りいたします。お品が届き次第、2営業日以内に処理いたします。',
      ),
    ],
  };
};

const complaint: Plot = (scene) => {
  const { chance, orderNo, day } = scene;
  return {
    mailbox: 'info',
    subject: chance.pick([
      '先日の対応について',
      '配送が遅すぎます',
      '何度も同じことを聞かれました',
      `${orderNo} まだ届きません`,
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            `${day}に届くと案内されていたのに、まだ届いていません。電話もつながりません。`,
            '電話で問い合わせたところ、説明が前回と違っていて困惑しました。',
            '定休日の案内がわかりにくく、返事を4日も待ちました。',
          ]),
          chance.pick(['きちんと状況を説明してください。', '改善していただければと思い、ご連絡しました。']),
        ),
      ),
      noted('電話の記録を確認。先週の担当は佐藤さん。私からお詫びの連絡を入れます。'),
      fromUs(
        'このたびはご不快な思いをおかけし、深くお詫び申し上げます。\n社内で経緯を確認し、ご案内の内容を改めました。お荷物は本日中にお届けできることを配送会社に確かめております。',
      ),
      fromCustomer(
        shortLetter(
          scene,
          chance.pick([
            '届きました。次からは気をつけてください。',
            '丁寧なご説明をありがとうございました。また利用します。',
          ]),
        ),
      ),
    ],
  };
};

export const troublePlots: readonly Plot[] = [broken, broken, wrongItem, returning, complaint];
