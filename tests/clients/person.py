"""The person at the browser: walks the tenant's sign-in pages, agreeing to everything unless told otherwise."""

import threading
import webbrowser
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests


class Page(HTMLParser):
    """The form of a page: which step it is, where it goes, what it sends."""

    def __init__(self, text):
        super().__init__()
        self.step, self.action, self.fields, self.accounts = None, None, {}, {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form" and self.step is None:
            self.step, self.action = attributes["data-step"], attributes["action"]
        elif tag == "input" and "name" in attributes:
            self.fields[attributes["name"]] = attributes.get("value") or ""
        elif "data-upn" in attributes:
            self.accounts[attributes["value"]] = attributes["data-upn"]


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, tenant, name, agrees=True):
        self.tenant = tenant
        self.name = name
        self.agrees = agrees
        self.browser = requests.Session()

    def enter_code(self, address, code):
        """Signs in for a device."""
        return self.walk(self.browser.post(address, data={"code": code}, allow_redirects=False))

    def open(self, address):
        """Opens an address; returns the client's answer at the end."""
        return self.walk(self.browser.get(address, allow_redirects=False))

    def walk(self, answer):
        for _ in range(20):
            if answer.is_redirect:
                target = urljoin(answer.url, answer.headers["location"])
                answer = self.browser.get(target, allow_redirects=False)
                continue
            if urlsplit(answer.url).netloc != urlsplit(self.tenant["authority"]).netloc:
                return answer
            page = Page(answer.text)
            if page.step is None:
                assert 'data-step="notice"' in answer.text, answer.text
                return answer
            fields = dict(page.fields)
            if page.step == "pick":
                assert self.name in page.accounts, page.accounts
                fields["user"] = self.name
            elif page.step == "mfa":
                fields["action"] = "approve" if self.agrees else "cancel"
            elif page.step == "consent":
                fields["action"] = "agree" if self.agrees else "cancel"
            else:
                assert page.step == "return", page.step
            answer = self.browser.post(urljoin(answer.url, page.action), data=fields, allow_redirects=False)
        raise AssertionError("the sign-in has no end")

    def at_this_computer(self):
        """Makes this person the one who uses the browser that programs open from now on."""
        person = self

        class Browser(webbrowser.BaseBrowser):
            def open(self, url, new=0, autoraise=True):
                # The program that opens it waits for nothing but the answer at its own address.
                threading.Thread(target=person.open, args=(url,), daemon=True).start()
                return True

        webbrowser.register(self.name, None, Browser(self.name), preferred=True)
