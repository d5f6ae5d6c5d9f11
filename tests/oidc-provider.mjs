// An identity provider for the journeys: the package `oidc-provider`, which is certified for OpenID Connect, with its own pages for
// developers, invented people in memory, and over HTTP on this machine. Nobody's identity.

import { createServer } from "node:http";
import Provider from "oidc-provider";

/** What the provider and the server call each other. Everybody may know it. */
export const client = { id: "mot-cua", secret: "chi-de-thu-dang-nhap-bang-cong-dinh-danh" };

/** The people, by what is typed at the provider's page. Personal numbers that begin with 000 are nobody's. */
export const people = {
  lan: {
    name: "Trần Thị Lan",
    email: "lan@example.com",
    email_verified: true,
    phone_number: "0900000123",
    phone_number_verified: true,
    personal_number: "000162000123",
    birthdate: "1962-03-15",
    gender: "female",
  },
  // Another person at the provider, with the e-mail address of the first one.
  anh: { name: "Trần Lan Anh", email: "lan@example.com", email_verified: true },
};

/** Starts one that sends people back to `back`; answers `{ issuer, stop }`. Ports are asked for first: both sides must know the other's. */
export async function startProvider({ port, back }) {
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: back,
        response_types: ["code"],
        grant_types: ["authorization_code"],
        // Redirects to this machine without TLS are for programs that are installed on it.
        application_type: "native",
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    pkce: { required: () => true },
    claims: {
      openid: ["sub"],
      profile: ["name", "birthdate", "gender", "personal_number"],
      email: ["email", "email_verified"],
      phone: ["phone_number", "phone_number_verified"],
    },
    // As the standard has it, so that what userinfo tells is tried too.
    conformIdTokenClaims: true,
    findAccount: (_, sub) =>
      people[sub] && { accountId: sub, claims: async () => ({ sub, ...people[sub] }) },
    cookies: { keys: ["chi-de-thu"] },
  });
  const server = createServer(provider.callback());
  await new Promise((listens) => server.listen(port, "localhost", listens));
  return {
    issuer,
    stop: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

/** A port that nobody has just now. */
export async function freePort() {
  const server = createServer();
  await new Promise((listens) => server.listen(0, "localhost", listens));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
