"""Persons: the only tables that hold names of people. They stay outside history, so that a
person can be forgotten; everything else holds their id."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from inventory.models import columns
from inventory.models.constraints import tenant


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who can sign in, by e-mail address. What they may do hangs on memberships."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects = UserManager()

    class Meta:
        db_table = "person_user"
        constraints = [
            models.UniqueConstraint(fields=["email"], name="user_email_unique"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Contact(models.Model):
    """A person named in the register who need not sign in: a DPO, a manager, a representative."""

    organisation = models.ForeignKey("inventory.Organisation", models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    address = columns.text()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "person_contact"
        constraints = [*tenant("contact")]

    def __str__(self) -> str:
        return self.name
