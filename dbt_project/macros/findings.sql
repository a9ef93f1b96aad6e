{% macro finding(rule_code, relation, holds) -%}
    {#-
        One data rule as a query: the rows of `relation` of which `holds` is true. Further arguments are columns
        of the finding: dataset, stage, item (a measure) or item_zh and item_en, found, expected, expected_code
        (a school), subject_key (what tells two findings of one school apart), and `source=true` for the row.
    -#}
    select distinct
        '{{ rule_code }}' as rule_code,
        school_year,
        {{ kwargs.pop('school', 'school_code') }} as school_code
        {%- if kwargs.pop('source', false) %},
        import_id,
        file_name,
        sheet_name,
        source_row
        {%- endif %}
        {%- for column, expression in kwargs.items() %},
        {{ expression }} as {{ column }}
        {%- endfor %}
    from {{ relation }}
    where {{ holds }}
{%- endmacro %}


{% macro worded(findings) -%}
    {#- Findings with the severity and the sentences of their rule, placeholders filled in, both languages. -#}
    {%- set joiners = {'zh': ' || ', 'en': " || ' ' || "} -%}
    select
        found.*,
        rules.severity
    {%- for language in ['zh', 'en'] %},
        {{ filled('rules.message_' ~ language ~ joiners[language] ~ 'rules.remedy_' ~ language, {
            'school': "coalesce(names.school_name, found.school_code, '')",
            'stage': "coalesce(stages.label_" ~ language ~ ", '')",
            'item': "coalesce(found.item_" ~ language ~ ", items.label_" ~ language ~ ", '')",
            'found': "coalesce(found.found, '')",
            'expected': "coalesce(others.school_name, found.expected, '')",
            'year': "coalesce(cast(found.school_year as varchar), '')",
        }) }} as message_{{ language }}
    {%- endfor %}
    from {{ findings }} as found
    inner join {{ ref('rules') }} as rules on found.rule_code = rules.rule_code
    left join names on found.school_code = names.school_code
    left join names as others on found.expected_code = others.school_code
    left join {{ ref('dim_label') }} as stages on stages.kind = 'stage' and found.stage = stages.code
    left join {{ ref('dim_label') }} as items on items.kind = 'measure' and found.item = items.code
{%- endmacro %}


{% macro waiver_key(row) -%}
    {#- What a waiver names: the rule, and the school year and school unless the finding has none. -#}
    concat_ws('|', {{ row }}.rule_code, {{ row }}.school_year, {{ row }}.school_code)
{%- endmacro %}
