//! What is said between us and the service.

use std::sync::Arc;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndSessionUrl, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields,
    IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, TokenResponse, UserInfoClaims,
};
use serde::Deserialize;
use tokio::sync::RwLock;

use super::claims::{Claims, RawClaims};

/// Longest answer that is read; a set of keys is far shorter.
const MAX: usize = 1 << 20;
/// Longest wait for one.
const WAIT: std::time::Duration = std::time::Duration::from_secs(10);

type Tokens = StandardTokenResponse<
    IdTokenFields<
        RawClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

type Speaker = openidconnect::Client<
    RawClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A sign-in service, as the settings name it.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its address: `https://dangnhap.tinh.gov.vn`.
    pub issuer: String,
    /// As whom we are known there.
    pub client_id: String,
    /// What proves it; better in the environment than in a file.
    #[serde(default)]
    pub client_secret: String,
    /// The name on the button.
    pub name: String,
    /// What is asked for beside `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// The claim that is the login of an account.
    #[serde(default = "login_claim")]
    pub login_claim: String,
    /// The claim that lists roles, as `officer@CODE` or `observer`; none when empty.
    #[serde(default)]
    pub roles_claim: String,
    /// Whether somebody without an account gets one.
    #[serde(default)]
    pub open_accounts: bool,
}

impl Provider {
    /// Whether the service answers and says what it is.
    ///
    /// # Errors
    /// Why not.
    pub async fn answers(&self, base_url: &str) -> Result<(), Error> {
        Client::new(self.clone(), base_url)?.known().await.map(|_| ())
    }
}

fn scopes() -> Vec<String> {
    vec!["profile".to_owned()]
}

fn login_claim() -> String {
    "preferred_username".to_owned()
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// Whatever the service does wrong, for the log.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Speaks with the service. What it says of itself is asked for once, and again after a failure.
#[derive(Debug)]
pub struct Client {
    pub settings: Provider,
    redirect: RedirectUrl,
    home: PostLogoutRedirectUrl,
    http: Http,
    known: RwLock<Option<Arc<Known>>>,
}

/// What the service says of itself.
#[derive(Debug)]
struct Known {
    speaker: Speaker,
    /// Where people sign out, if it has such a place.
    leave: Option<EndSessionUrl>,
}

/// Where to send somebody, and what has to fit when they come back.
pub struct WayThere {
    /// The address at the service.
    pub address: String,
    /// What comes back unchanged.
    pub state: String,
    /// What stands in the token.
    pub nonce: String,
    /// What proves that we began this.
    pub verifier: String,
}

impl Client {
    /// For an installation that people reach at `base_url`.
    ///
    /// # Errors
    /// When an address is none.
    pub fn new(settings: Provider, base_url: &str) -> Result<Self, Error> {
        let issuer = IssuerUrl::new(settings.issuer.clone())?;
        let here = ["127.0.0.1", "localhost", "[::1]"];
        let here = issuer.url().host_str().is_some_and(|host| here.contains(&host));
        if issuer.url().scheme() != "https" && !here {
            return Err("the address of a sign-in service begins with https://".into());
        }
        let redirect = RedirectUrl::new(format!("{base_url}/sign-in/provider/back"))?;
        let home = PostLogoutRedirectUrl::new(format!("{base_url}/sign-in"))?;
        Ok(Self { settings, redirect, home, http: Http::new()?, known: RwLock::new(None) })
    }

    async fn known(&self) -> Result<Arc<Known>, Error> {
        if let Some(known) = &*self.known.read().await {
            return Ok(Arc::clone(known));
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone())?;
        let told = ProviderMetadataWithLogout::discover_async(issuer, &self.http).await?;
        let secret = self.settings.client_secret.clone();
        let secret = (!secret.is_empty()).then(|| ClientSecret::new(secret));
        let id = ClientId::new(self.settings.client_id.clone());
        let leave = told.additional_metadata().end_session_endpoint.clone();
        let speaker =
            Speaker::from_provider_metadata(told, id, secret).set_redirect_uri(self.redirect.clone());
        let known = Arc::new(Known { speaker, leave });
        *self.known.write().await = Some(Arc::clone(&known));
        Ok(known)
    }

    /// Where somebody signs out of the service, and comes back from; none where it has no such place.
    ///
    /// # Errors
    /// When the service does not answer.
    pub async fn way_out(&self) -> Result<Option<String>, Error> {
        let id = ClientId::new(self.settings.client_id.clone());
        let leave = self.known().await?.leave.clone().map(LogoutRequest::from);
        let request =
            leave.map(|leave| leave.set_client_id(id).set_post_logout_redirect_uri(self.home.clone()));
        Ok(request.map(|request| request.http_get_url().to_string()))
    }

    /// A way there, never the same twice; `anew` asks for a sign-in even where one is still good.
    ///
    /// # Errors
    /// When the service does not answer.
    pub async fn way_there(&self, anew: bool) -> Result<WayThere, Error> {
        let known = self.known().await?;
        let speaker = &known.speaker;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = speaker.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            CsrfToken::new_random,
            Nonce::new_random,
        );
        for scope in &self.settings.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        if anew {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        let (address, state, nonce) = request.set_pkce_challenge(challenge).url();
        Ok(WayThere {
            address: address.to_string(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        })
    }

    /// What the service says of whoever came back.
    ///
    /// # Errors
    /// When the code is not taken, or the token is not signed by the service, for us, for this way, now.
    pub async fn claims(&self, code: String, nonce: String, verifier: String) -> Result<Claims, Error> {
        let known = self.known().await?;
        let speaker = &known.speaker;
        let tokens = speaker
            .exchange_code(AuthorizationCode::new(code))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&self.http)
            .await?;
        let token = tokens.id_token().ok_or("the service sent no ID token")?;
        let verifier = speaker.id_token_verifier();
        let told = token.claims(&verifier, &Nonce::new(nonce));
        if told.is_err() {
            // The keys of the service may have changed; nobody but the service gets as far as here.
            *self.known.write().await = None;
        }
        let told = told?;
        if let Some(expected) = told.access_token_hash() {
            let (algorithm, key) = (token.signing_alg()?, token.signing_key(&verifier)?);
            if AccessTokenHash::from_token(tokens.access_token(), algorithm, key)? != *expected {
                return Err("the access token is not the one that was signed".into());
            }
        }
        let mut claims = Claims::new(&self.settings.issuer, told.subject().as_str(), told)?;
        let (login, roles) = (&self.settings.login_claim, &self.settings.roles_claim);
        let lacks = !claims.has(login) || (!roles.is_empty() && !claims.has(roles));
        if lacks && speaker.user_info_url().is_some() {
            let of = Some(told.subject().clone());
            let asked = speaker.user_info(tokens.access_token().clone(), of)?;
            let more: UserInfoClaims<RawClaims, CoreGenderClaim> = asked.request_async(&self.http).await?;
            claims.add(&more)?;
        }
        Ok(claims)
    }
}

/// Asks the service: follows no redirect, waits not for ever, reads not without end.
#[derive(Clone, Debug)]
struct Http(reqwest::Client);

impl Http {
    fn new() -> Result<Self, Error> {
        // Somebody else may have installed it already.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(WAIT);
        Ok(Self(http.build()?))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, ProviderError> {
        let request = request.try_into().map_err(ProviderError::Line)?;
        let mut answer = self.0.execute(request).await.map_err(ProviderError::Line)?;
        let mut told = HttpResponse::new(Vec::new());
        *told.status_mut() = answer.status();
        told.headers_mut().clone_from(answer.headers());
        while let Some(part) = answer.chunk().await.map_err(ProviderError::Line)? {
            if told.body().len() + part.len() > MAX {
                return Err(ProviderError::TooLong);
            }
            told.body_mut().extend_from_slice(&part);
        }
        Ok(told)
    }
}

impl<'c> openidconnect::AsyncHttpClient<'c> for Http {
    type Error = ProviderError;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<HttpResponse, ProviderError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub enum ProviderError {
    /// The line broke, or there is none.
    Line(reqwest::Error),
    /// It does not end.
    TooLong,
}

impl std::fmt::Display for ProviderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(error) => write!(f, "{error}"),
            Self::TooLong => write!(f, "the answer is longer than {MAX} bytes"),
        }
    }
}

impl std::error::Error for ProviderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Line(error) => Some(error),
            Self::TooLong => None,
        }
    }
}
