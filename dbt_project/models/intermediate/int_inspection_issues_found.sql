{# What the county declares against what its data say (rules D401–D405), by the standard in force in the year. #}

with

items as (
    select
        judged.*,
        listed.short_zh,
        listed.short_en,
        listed.basis
    from {{ ref('fct_inspection_item') }} as judged
    {{ by_its_own_standard('judged') }}
    inner join {{ ref('int_items_listed') }} as listed
        on judged.standard_code = listed.standard_code
            and judged.school_year = listed.school_year
            and judged.item_code = listed.item_code
),

stated as (
    select
        items.*,
        figures.import_id,
        figures.file_name,
        figures.sheet_name,
        figures.source_row,
        (items.declared = 1) = (items.status = 'met') as agrees
    from items
    inner join {{ ref('stg_county_items') }} as figures
        on items.school_year = figures.school_year
            and items.item_code = figures.item_code
            and figures.field = '结论'
            and figures.value is not null
    where items.basis <> 'declared'
),

compared as (
    select
        figures.*,
        cases.value as computed
    from {{ ref('stg_county_items') }} as figures
    inner join {{ ref('item_fields') }} as fields
        on figures.item_code = fields.item_code and figures.field = fields.field and fields.role = 'declared'
    inner join {{ ref('fct_inspection_case') }} as cases
        on figures.school_year = cases.school_year
            and figures.item_code = cases.item_code
            and coalesce(fields.subject_key, '') = cases.subject_key
            and cases.school_code = ''
    {{ by_its_own_standard('cases') }}
),

paired as (
    select
        parts.*,
        wholes.field as whole_field,
        wholes.value as whole
    from {{ ref('stg_county_items') }} as parts
    inner join {{ ref('stg_county_items') }} as wholes
        on parts.school_year = wholes.school_year and parts.item_code = wholes.item_code
    where (parts.field, wholes.field) in (
            ('分配名额', '招生计划'),
            ('农村分配名额', '分配名额'),
            ('公办就读', '符合条件随迁子女'),
            ('购买学位就读', '符合条件随迁子女'),
            ('入学残疾儿童', '适龄残疾儿童')
        )
),

profile as (
    select * from {{ ref('stg_county_profile') }}
    where field not in (select terms.field from {{ ref('profile_fields') }} as terms)
),

final as (
    {{ finding('D401', 'stated', "not agrees and status <> 'missing'", school='null', source=true,
        dataset="'county_items'", item_zh="item_code || short_zh", item_en="item_code || ' ' || short_en",
        found="case status when 'met' then '达标 met' else '未达标 not met' end",
        expected="case declared when 1 then '成立 holding' else '不成立 not holding' end", subject_key='item_code') }}
    union all by name
    {{ finding('D402', 'compared', 'abs(value - computed) > 0.0005', school='null', source=true,
        dataset="'county_items'", item_zh='item_code || field', item_en="item_code || ' ' || field",
        found="printf('%.2f%%', computed * 100)", expected="printf('%.2f%%', value * 100)",
        subject_key='item_code || field') }}
    union all by name
    {{ finding('D403', 'stated', "declared = 1 and status = 'missing'", school='null', source=true,
        dataset="'county_items'", item_zh='item_code || short_zh', item_en="item_code || ' ' || short_en",
        subject_key='item_code') }}
    union all by name
    {{ finding('D404', 'profile', 'true', school='null', source=true, dataset="'county_profile'", found='field') }}
    union all by name
    {{ finding('D405', 'paired', 'value > whole', school='null', source=true, dataset="'county_items'",
        item_zh='item_code', item_en='item_code', found="field || ' ' || " ~ figure_text('value'),
        expected="whole_field || ' ' || " ~ figure_text('whole'), subject_key='item_code || field') }}
)

select * from final
