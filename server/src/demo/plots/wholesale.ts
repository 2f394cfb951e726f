/** Letters between companies. */
import { asking, fromCustomer, fromUs, letter, noted, type Plot, shortLetter } from '../story.ts';
import { yen } from '../words/goods.ts';

const RATE = 0.65;

const quote: Plot = (scene) => {
  const { chance, good, laterDay } = scene;
  const count = chance.pick([30, 50, 80, 120, 200]);
  const total = Math.round(good.price * RATE) * count;
  return {
    mailbox: 'wholesale',
    subject: chance.pick([
      `記念品用 ${good.ja} ${count}個のお見積り`,
      `お見積り依頼（${good.ja} ${count}点）`,
      `【見積依頼】${good.ja}ほか`,
      'ノベルティ制作のご相談',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `弊社の${chance.pick(['創立記念', '新店舗の開店祝い', '年末のご挨拶', '株主様への記念品'])}に、貴店の${good.ja}を${count}個ほど検討しております。`,
          `つきましては、下記についてお見積りをいただけますでしょうか。\n\n・数量　${count}個\n・名入れ　${chance.pick(['あり（1色）', 'なし'])}\n・納期　${laterDay}まで\n・納品先　${chance.pick(['東京都内1か所', '大阪と福岡の2か所', '弊社倉庫'])}`,
        ),
        ...(chance.happens(0.5)
          ? [{ name: '仕様書.pdf', kind: 'pdf' as const, title: `Specification ${count} pcs` }]
          : []),
      ),
      noted(`${count}個なら掛け率65%で。工房の空きは山本さんが確認中。`),
      asking(
        `お世話になっております。ご検討いただき、ありがとうございます。\n\n${good.ja}　単価 ${yen(Math.round(good.price * RATE))} × ${count}個 ＝ ${yen(total)}（税込・送料別）\n\n納期は正式なご発注から約5週間です。この内容でお見積書をお作りしてよろしいでしょうか。`,
      ),
      fromCustomer(
        shortLetter(
          scene,
          '社内で確認いたしました。この内容で見積書をお送りください。名入れの位置は添付のとおりです。',
        ),
        {
          name: '名入れ位置.png',
          kind: 'photo',
          title: 'Logo position',
        },
      ),
      fromUs('お見積書をお送りいたします。ご確認のほど、よろしくお願いいたします。', {
        name: `お見積書_${scene.orderNo}.pdf`,
        kind: 'pdf',
        title: `Quotation ${scene.orderNo}`,
      }),
    ],
  };
};

const newAccount: Plot = (scene) => {
  const { chance } = scene;
  return {
    mailbox: 'wholesale',
    subject: chance.pick([
      'お取引のお願い',
      '卸売りについてのお問い合わせ',
      '取り扱い条件を教えてください',
      '新規お取引のご相談',
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `${chance.pick(['地元の作り手のものを扱う店', '小さな宿', '焙煎所に併設した雑貨コーナー'])}を営んでおります。貴店の器や布ものを、ぜひ置かせていただきたく存じます。`,
          '掛け率、最小ロット、お支払いの条件をお聞かせください。',
        ),
      ),
      asking(
        'お声がけいただき、ありがとうございます。卸の条件をまとめた資料をお送りいたします。\n\n差し支えなければ、お店の所在地と開業の時期、ホームページをお知らせください。',
      ),
      fromCustomer(
        shortLetter(
          scene,
          `${chance.pick(['長野', '金沢', '高松', '札幌'])}で${chance.between(2, 15)}年ほど店を続けております。資料を拝見しました。まずは少量から始めたいです。`,
        ),
      ),
      fromUs('ありがとうございます。お取引の申込書をお送りいたします。', {
        name: '取引申込書.pdf',
        kind: 'pdf',
        title: 'Application',
      }),
    ],
  };
};

const reorder: Plot = (scene) => {
  const { chance, good, otherGood, day } = scene;
  return {
    mailbox: 'wholesale',
    subject: chance.pick([
      '追加発注のお願い',
      `発注書送付の件（${scene.orderNo}）`,
      '今月分のご注文',
      `${day}納品分のご注文について`,
    ]),
    turns: [
      fromCustomer(
        letter(
          scene,
          `下記のとおり追加で発注いたします。\n\n・${good.ja}（${scene.colour}）　${chance.between(5, 20)}点\n・${otherGood.ja}　${chance.between(5, 24)}点`,
          `${day}までに納品いただけますと幸いです。`,
        ),
        { name: `発注書_${scene.orderNo}.csv`, kind: 'csv', title: `${good.ja},${otherGood.ja}` },
      ),
      fromUs(`ご注文ありがとうございます。${day}に間に合うよう、手配いたします。納品書をお送りいたします。`, {
        name: `納品書_${scene.orderNo}.pdf`,
        kind: 'pdf',
        title: `Delivery note ${scene.orderNo}`,
      }),
      fromCustomer(shortLetter(scene, '確認いたしました。引き続きよろしくお願いいたします。')),
    ],
  };
};

const invoice: Plot = (scene) => {
  const { chance } = scene;
  return {
    mailbox: 'wholesale',
    subject: chance.pick(['請求書の金額について', '先月分の請求書の再発行', 'お支払い日の変更のお願い']),
    turns: [
      fromCustomer(
        letter(
          scene,
          chance.pick([
            `先月分の請求書（${scene.orderNo}）ですが、送料が二重に入っているようです。ご確認いただけますか。`,
            '社名が変わりましたので、新しい社名で請求書を再発行していただけますでしょうか。',
          ]),
        ),
      ),
      noted('経理に確認しました。ご指摘のとおりです。訂正版を出します。'),
      fromUs('ご指摘ありがとうございます。訂正した請求書をお送りいたします。お手数をおかけしました。', {
        name: `請求書_${scene.orderNo}_訂正.pdf`,
        kind: 'pdf',
        title: `Invoice ${scene.orderNo} (corrected)`,
      }),
    ],
  };
};

export const wholesalePlots: readonly Plot[] = [quote, quote, newAccount, reorder, invoice];
