# Grounds: `make run` and `make test` are all a newcomer needs; the rest is in docs/setup.md.
.PHONY: db
db:
	@python3 -m deploy.postgres start
