//! Where the loggers of known programs put the parts of an exchange.

/// The logs that have a name here. Where a field has several pointers, the first that points to
/// something counts.
pub(super) const PRESETS: [(&str, &str); 3] = [
    // A log_format with escape=json has what its author wants; these are nginx's own names.
    (
        "nginx",
        "method=/request_method,url=/request_uri,line=/request,body=/request_body,status=/status",
    ),
    // https://developer.konghq.com/plugins/http-log/, and
    // https://apisix.apache.org/docs/apisix/plugins/http-logger/. Old versions of Kong write `uri`
    // without the query.
    (
        "kong",
        "method=/request/method,url=/request/url,url=/request/request_uri,url=/request/uri,\
         headers=/request/headers,body=/request/body,status=/response/status,\
         response-headers=/response/headers,response-body=/response/body",
    ),
    // https://learn.microsoft.com/azure/api-management/gateway-log-schema-reference: the resource
    // log of gateway requests, and the same in Log Analytics; then requests in Application Insights,
    // in both spellings. What the backend was sent counts if only that is logged.
    (
        "apim",
        "method=/properties/method,url=/properties/url,headers=/properties/requestHeaders,\
         body=/properties/requestBody,status=/properties/responseCode,\
         response-headers=/properties/responseHeaders,response-body=/properties/responseBody,\
         headers=/properties/backendRequestHeaders,body=/properties/backendRequestBody,\
         response-headers=/properties/backendResponseHeaders,\
         response-body=/properties/backendResponseBody,\
         method=/Method,url=/Url,headers=/RequestHeaders,body=/RequestBody,status=/ResponseCode,\
         response-headers=/ResponseHeaders,response-body=/ResponseBody,\
         headers=/BackendRequestHeaders,body=/BackendRequestBody,\
         response-headers=/BackendResponseHeaders,response-body=/BackendResponseBody,\
         method=/Properties/HTTP Method,line=/Name,body=/Properties/Request-Body,\
         status=/ResultCode,response-body=/Properties/Response-Body,\
         method=/customDimensions/HTTP Method,line=/name,url=/url,\
         body=/customDimensions/Request-Body,status=/resultCode,\
         response-body=/customDimensions/Response-Body",
    ),
];
