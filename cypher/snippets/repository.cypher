// What is tied to a repository
// repository: the id of a repository; its papers, and what they propose, introduce, use and evaluate on
:param repository => 'repository:github.com/state-spaces/mamba';
MATCH way = (:Repository {id: $repository})<-[:HAS_CODE|LINKS_TO]-(p:Paper)
            -[:PROPOSES|INTRODUCES|USES|EVALUATES_ON]->()
RETURN way
ORDER BY p.published DESC, p.id
LIMIT 100
