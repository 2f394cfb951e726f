/** Questions and kind words to the customers' desk. */
import { fromCustomer, fromUs, letter, noted, type Plot, shortLetter } from '../story.ts';

const restock: Plot = (scene) => {
  const { chance, good, colour } = scene;
  return {
    mailbox: 'info',
    subject: chance.pick([
      `${good.ja}の再入荷はありますか`,
      '再入荷のお知らせについて',
      `${good.ja}（${colour}）の入荷予定`,
      '売り切れの商品について',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `${good.ja}の「${colour}」が売り切れになっていました。${chance.pick(['次の入荷はいつごろになりますか。', '再入荷の予定はありますでしょうか。', '取り置きをお願いすることはできますか。'])}`,
          ...(chance.happens(0.4) ? ['母の誕生日に贈りたいと思っています。'] : []),
        ),
      ),
      noted(`作家さんに確認中。${colour}は来月の窯で焼く予定とのこと。`),
      fromUs(
        chance.pick([
          `お問い合わせありがとうございます。${good.ja}（${colour}）は、来月の中ごろに入荷する予定です。\n入荷しましたら、いちばんにお知らせいたします。`,
          'ただいま工房で制作中です。お取り置きを承りますので、入荷の際にこちらからご連絡いたします。',
        ]),
      ),
      fromCustomer(shortLetter(scene, 'では入荷の連絡をお待ちしています。')),
    ],
  };
};

const care: Plot = (scene) => {
  const { chance, good } = scene;
  return {
    mailbox: 'info',
    subject: chance.pick([
      `${good.ja}のお手入れ方法`,
      '電子レンジは使えますか',
      '洗濯できますか？',
      '使い始めの注意点を教えてください',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `先日${good.ja}を購入しました。${chance.pick(['とても気に入っています。', '毎日使っています。', '開けた瞬間にうれしくなりました。'])}`,
          chance.pick([
            '食洗機や電子レンジは使えますか。',
            '長く使いたいので、お手入れの方法を教えてください。',
            '最初に何かしておいたほうがよいことはありますか。',
          ]),
        ),
      ),
      fromUs(
        good.fragile
          ? 'お買い上げありがとうございます。電子レンジは短い時間でしたらお使いいただけます。食洗機はお避けください。\n使い始めに米のとぎ汁で15分ほど煮ていただくと、染みがつきにくくなります。'
          : 'お買い上げありがとうございます。水洗いのあと、形を整えて日陰で干してください。漂白剤はお避けください。',
        ...(chance.happens(0.4)
          ? [{ name: 'お手入れのしおり.pdf', kind: 'pdf' as const, title: `Care: ${good.en}` }]
          : []),
      ),
      fromCustomer(shortLetter(scene, 'よくわかりました。大事に使います。')),
    ],
  };
};

const thanks: Plot = (scene) => {
  const { chance, good } = scene;
  return {
    mailbox: 'info',
    subject: chance.pick([
      'お礼',
      'ありがとうございました',
      `${good.ja}が届きました`,
      '素敵なものをありがとうございます',
      '母が喜んでいました',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            `今日${good.ja}が届きました。写真で見るよりずっと素敵で、手に取るたびにうれしくなります。`,
            `母に${good.ja}を贈ったところ、とても喜んでくれました。包み方まで丁寧で感激したそうです。`,
            '先日は急なお願いに応えていただき、本当にありがとうございました。おかげで間に合いました。',
          ]),
          'お返事は不要です。これからも応援しています。',
        ),
        ...(chance.happens(0.3)
          ? [{ name: `photo-${chance.between(10, 99)}.png`, kind: 'photo' as const, title: good.en }]
          : []),
      ),
      fromUs(
        'うれしいお便りをありがとうございます。作家にもさっそく伝えました。\nまたお目にかかれる日を楽しみにしております。',
      ),
    ],
  };
};

const visit: Plot = (scene) => {
  const { chance, day } = scene;
  return {
    mailbox: 'info',
    subject: chance.pick([
      '実店舗の営業時間',
      '駐車場はありますか',
      'ワークショップの申し込み',
      `${day}は営業していますか`,
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            `${day}に京都へ行く予定があり、お店に立ち寄りたいと思っています。その日は営業していますか。`,
            `ホームページで見た手織りのワークショップに、大人${chance.between(1, 3)}名で参加したいです。まだ空きはありますか。`,
            '車で伺いたいのですが、近くに駐車場はありますでしょうか。',
          ]),
        ),
      ),
      fromUs(
        chance.pick([
          `${day}は11時から18時まで営業しております。お気をつけてお越しください。`,
          'ありがとうございます。まだお席がございますので、お名前でお取りいたしました。当日はエプロンをお持ちください。',
          '店の向かいに提携の駐車場がございます。お買い上げの方は1時間無料です。',
        ]),
      ),
      fromCustomer(shortLetter(scene, '楽しみにしています。')),
    ],
  };
};

const points: Plot = (scene) => {
  const { chance } = scene;
  return {
    mailbox: 'info',
    subject: chance.pick([
      'ログインできません',
      'ポイントが付いていません',
      'メールアドレスの変更',
      '会員登録のメールが届きません',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            'パスワードを変更しようとしましたが、確認のメールが届きません。迷惑メールのフォルダーにもありませんでした。',
            `先月の購入分（${scene.orderNo}）のポイントが、まだ付いていないようです。`,
            '登録しているメールアドレスを新しいものに変えたいのですが、古いほうはもう使えません。',
          ]),
        ),
      ),
      fromUs(
        'ご不便をおかけしております。こちらで確認し、登録の内容を直しました。お手数ですが、もう一度お試しいただけますか。',
      ),
      fromCustomer(shortLetter(scene, 'できました。ありがとうございます。')),
    ],
  };
};

export const questionPlots: readonly Plot[] = [restock, restock, care, thanks, visit, points];
