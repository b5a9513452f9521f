// Persons for tests.

/** The weights of the check digit of an identity number (GB 11643, MOD 11-2). */
const weight = (at) => 2 ** (17 - at) % 11;

/** A valid identity number of somebody who most likely was not here before. */
export function newPerson() {
  const among = (first, count, places) =>
    String(first + Math.floor(Math.random() * count)).padStart(places, '0');
  const born = among(1940, 60, 4) + among(1, 12, 2) + among(1, 28, 2);
  const number = `110105${born}${among(0, 1000, 3)}`;
  const sum = [...number].reduce((sum, figure, at) => sum + Number(figure) * weight(at), 0);
  return `${number}${'10X98765432'[sum % 11]}`;
}
