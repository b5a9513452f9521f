// A provider of identities (OpenID Connect) for a browser to sign in at: it asks, and leads back.
// It is another site than the hall: `localhost`, where the hall is at 127.0.0.1.

import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const base64url = (bytes) => Buffer.from(bytes).toString('base64url');

/** Starts a provider that knows one person. `file` is what the hall's setting names. */
export async function openProvider(person) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const codes = new Map();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${server.address().port}`;
  const json = (answer, value) => {
    answer.setHeader('content-type', 'application/json');
    answer.end(JSON.stringify(value));
  };
  const page = (answer, html) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(html);
  };
  const idToken = (nonce) => {
    const now = Math.floor(Date.now() / 1000);
    const header = { alg: 'ES256', kid: 'one' };
    const claims = { iss: issuer, aud: 'hall', sub: 'someone', nonce, iat: now, exp: now + 300, ...person };
    const message = [header, claims].map((part) => base64url(JSON.stringify(part))).join('.');
    const signature = sign('sha256', Buffer.from(message), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${message}.${base64url(signature)}`;
  };
  server.on('request', async (request, answer) => {
    const url = new URL(request.url, issuer);
    let body = '';
    for await (const part of request) {
      body += part;
    }
    const asked = new URLSearchParams(body);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        json(answer, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
        });
        break;
      case '/keys':
        json(answer, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] });
        break;
      case '/authorize':
        page(
          answer,
          `<!doctype html><title>登录</title><form method="post" action="/consent">
           <input type="hidden" name="asked" value="${url.search.slice(1).replaceAll('&', '&amp;')}">
           <button name="may" value="yes">同意</button><button name="may" value="no">拒绝</button></form>`,
        );
        break;
      case '/consent': {
        const question = new URLSearchParams(asked.get('asked'));
        const code = randomUUID();
        codes.set(code, question);
        const back = new URL(question.get('redirect_uri'));
        back.searchParams.set('state', question.get('state'));
        back.searchParams.set(...(asked.get('may') === 'yes' ? ['code', code] : ['error', 'access_denied']));
        answer.writeHead(303, { location: back.href }).end();
        break;
      }
      case '/token': {
        const question = codes.get(asked.get('code'));
        codes.delete(asked.get('code'));
        const challenge = base64url(createHash('sha256').update(asked.get('code_verifier')).digest());
        if (question?.get('code_challenge') !== challenge) {
          answer.writeHead(400).end();
          break;
        }
        json(answer, { id_token: idToken(question.get('nonce')), access_token: 'a', token_type: 'Bearer' });
        break;
      }
      default:
        answer.writeHead(404).end();
    }
  });
  const folder = await mkdtemp(join(tmpdir(), 'provider-'));
  const file = join(folder, 'provider.toml');
  await writeFile(
    file,
    `label = { zh = "浙里办", en = "Zhejiang account" }\nissuer = "${issuer}"\nclient_id = "hall"\n` +
      `client_secret = "a secret"\n[claims]\nnumber = "id_number"\n`,
  );
  await chmod(file, 0o600);
  return {
    file,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
