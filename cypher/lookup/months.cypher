// The months in which papers were published, latest first.
// $since: published then or later
MATCH (p:Paper)
WHERE p.published >= $since AND size(p.published) >= 7
RETURN DISTINCT left(p.published, 7) AS month
ORDER BY month DESC
