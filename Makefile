# Grounds. A newcomer needs `make run` and `make test`; docs/setup.md explains the rest.
#   make run       set up what is missing, then serve (PORT=8001 make run)
#   make test      set up, then all tests        make fast    law and rules only, in seconds
#   make check     lint, types, layers, migrations, law and tests: what must hold before a change lands
#   make stop      stop what `make run` started  make db      start the private database alone
#   make backup    make restore FILE=…           make demo    load the demo registry
#   make -s manage ARGS="create_organisation 'Example SA' --owner owner@example.org"
.DEFAULT_GOAL := help
.PHONY: help run test fast check manage demo db stop backup restore bench

GROUNDS := python3 -B -m deploy.bootstrap

help:
	@sed -n 's/^#//p' Makefile | sed '/^$$/d'

run stop demo db backup:
	@$(GROUNDS) $@

test fast check manage bench:
	@$(GROUNDS) $@ $(ARGS)

restore:
	@$(GROUNDS) $@ $(if $(FILE),"$(FILE)")
