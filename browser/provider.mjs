// A certified OpenID Connect provider for the tests. Who is there and what they are stands in a file that a test may
// rewrite.
import { readFileSync } from "node:fs";
import Provider from "oidc-provider";

const { PROVIDER_PORT, PROVIDER_PEOPLE, PROVIDER_SECRET, PARINDEX_URL } = process.env;

const provider = new Provider(`http://127.0.0.1:${PROVIDER_PORT}`, {
  clients: [
    {
      client_id: "parindex",
      client_secret: PROVIDER_SECRET,
      redirect_uris: [`${PARINDEX_URL}/sign-in/provider/back`],
      post_logout_redirect_uris: [`${PARINDEX_URL}/sign-in`],
    },
  ],
  pkce: { required: () => true },
  claims: { profile: ["name", "preferred_username", "par_roles"] },
  cookies: { keys: ["only for tests"] },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...JSON.parse(readFileSync(PROVIDER_PEOPLE, "utf8"))[id] }),
  }),
});

provider.listen(Number(PROVIDER_PORT), "127.0.0.1", () => console.log("ready"));
