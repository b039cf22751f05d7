// The part "numbers": what can be said of a number alone. The site publishes no list of names, so a name can be confirmed by the QR or the PDF only.
import {provide} from '../core/start.js';
import {need} from './parts.js';
import {json} from './signed/json.js';

/** @typedef {import('./published.js').Corrections} Corrections */
/** @typedef {import('./signed/documents.js').Digests} Digests */
/** @typedef {[kind: string, title: string, sentence: string, asOf: string | null]} Said the day of the list of corrections, in words; null without one */

/** @param {string} number */
const plain = (number) => number.toUpperCase().replace(/\s/g, '');
/** @param {Iterable<string>} names @param {string} typed */
const findIn = (names, typed) => [...names].find((each) => plain(each) === plain(typed));

/**
 * @param {string} typed
 * @param {import('./published.js').Issuer} issuer
 * @param {Corrections | null} corrections
 * @param {Digests | null} digests
 * @returns {Said}
 */
const said = (typed, issuer, corrections, digests) => {
  const corrected = corrections && findIn(corrections.byNumber.keys(), typed), issued = digests && findIn(Object.keys({...digests.pdfs, ...digests.marks}), typed);
  const asOf = corrections ? json.day(corrections.asOf) : null;
  const correction = corrections && corrected && corrections.byNumber.get(corrected);
  if (correction) {
    const {supersededBy, on, reason} = correction, why = `pada ${json.dayWords(on)}. Alasan: ${json.sentence(reason)}`;
    return supersededBy ? ['superseded', 'Nomor ini sudah diganti', `Nomor ${corrected} diganti oleh nomor ${supersededBy} ${why}`, asOf]
      : ['revoked', 'Nomor ini sudah dicabut', `Nomor ${corrected} dicabut ${why}`, asOf];
  }
  const standing = asOf ? 'Tidak ada kabar bahwa nomor ini dicabut atau diganti.' : 'Daftar pencabutan tidak ada di sini, jadi statusnya belum dapat diperiksa.';
  if (issued) return ['number', 'Nomor ini pernah diterbitkan', `Nomor ${issued} diterbitkan oleh ${issuer.name}. ${standing}`, asOf];
  if (digests) return ['unknown', 'Nomor ini tidak ditemukan', `Nomor ${typed} tidak ada di daftar terbitan ${issuer.name} yang ada di sini. Periksa lagi ketikannya: huruf, angka, dan garis miring.`, asOf];
  return ['unknown', 'Nomor ini belum dapat diperiksa', `Daftar nomor yang terbit tidak ada di sini, jadi belum pasti nomor ${typed} pernah terbit. ${standing}`, asOf];
};

/**
 * @param {string} typed
 * @param {import('./published.js').Office} office
 * @returns {Promise<Said>}
 */
const lookUp = async (typed, office) => {
  const {digestsOf} = await need('documents');
  const answers = await Promise.all(office.issuers.map(async (issuer) => said(typed, issuer, await office.corrections(issuer), await digestsOf(office, issuer, typed))));
  return answers.find(([kind]) => kind !== 'unknown') || answers[0] || ['unknown', 'Nomor ini belum dapat diperiksa', 'Di situs ini belum ada kunci penerbit.', null];
};

const ONLY_THERE = 'Daftar nama tidak diumumkan di sini, jadi nama hanya dapat dipastikan lewat kode QR atau berkas PDF aslinya.';
/** @param {string} name */
const sayOfName = (name) => `${name ? `Nama "${name}" belum dapat dicocokkan.` : 'Nama belum diperiksa.'} ${ONLY_THERE}`;

export const numbers = provide('numbers', {lookUp, sayOfName});
